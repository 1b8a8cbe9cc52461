import { idIn, publicRoute } from '@/lib/access/http'
import { serveAnswer } from '@/lib/generations/answer-file'

/** Guarded inside: a link cannot name the team, the generation does. */
export const GET = publicRoute({}, ({ request, params }) => serveAnswer(request, idIn(params)))
