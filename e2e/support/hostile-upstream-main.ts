import { hostileAnswers } from '@/e2e/support/hostile-answers'
import { answerWithImages, makeImage, startUpstream } from '@/e2e/support/upstream'

async function main() {
  const images = answerWithImages()
  const image = await makeImage(64)
  const calls = new Map<string, number>()
  const { url } = await startUpstream((call, response) => {
    const prompt = String(call.body.prompt)
    calls.set(prompt, (calls.get(prompt) ?? 0) + 1)
    const hostile = hostileAnswers.find(({ name }) => prompt.endsWith(`: ${name}`))
    return hostile ? hostile.send(response, { call, image }) : images(call, response)
  })
  process.on('message', (prompt: string) => process.send?.({ prompt, calls: calls.get(prompt) ?? 0 }))
  process.on('disconnect', () => process.exit())
  process.send?.({ url })
}

void main()
