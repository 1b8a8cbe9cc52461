import type { SubjectKind } from '@/lib/sandbox/painter/words/subject-words'
import { ANIMALS } from '@/lib/sandbox/painter/subjects/animals'
import { BUILDINGS } from '@/lib/sandbox/painter/subjects/buildings'
import { CREATURES } from '@/lib/sandbox/painter/subjects/creatures'
import { FLOWERS } from '@/lib/sandbox/painter/subjects/flowers'
import type { Subject } from '@/lib/sandbox/painter/subjects/pen'
import { PLANTS } from '@/lib/sandbox/painter/subjects/plants'
import { THINGS } from '@/lib/sandbox/painter/subjects/things'
import { VEHICLES } from '@/lib/sandbox/painter/subjects/vehicles'

export const SUBJECTS: Record<SubjectKind, Subject> = {
  ...ANIMALS,
  ...CREATURES,
  ...PLANTS,
  ...FLOWERS,
  ...THINGS,
  ...VEHICLES,
  ...BUILDINGS,
}
