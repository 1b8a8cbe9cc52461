import { beforeEach, expect, test } from 'vitest'
import { onDismiss, showToast, takeToasts } from '@/components/ui/toast'

beforeEach(() => void takeToasts())
const titles = () => takeToasts().map(({ title }) => title)

test('a toast that nobody has drawn yet is taken back', () => {
  const dismiss = showToast({ title: 'moved' })
  showToast({ title: 'saved' })
  dismiss()
  expect(titles()).toEqual(['saved'])
})

test('a newer toast about the same takes the place of the one before, drawn or not', () => {
  showToast({ title: 'hidden', about: 'style 1' })
  showToast({ title: 'hidden too', about: 'style 2' })
  showToast({ title: 'shown again', about: 'style 1' })
  const [other, latest] = takeToasts()
  expect([other?.title, latest?.title]).toEqual(['hidden too', 'shown again'])
  const closed: string[] = []
  if (latest) onDismiss(latest, () => closed.push(latest.title))
  showToast({ title: 'hidden once more', about: 'style 1' })
  expect(closed).toEqual(['shown again'])
})
