import { cn } from '@/components/ui/cn'
import { lettersOf, startOf } from '@/lib/text/letters'

/** A person as initials: two letters of a Latin name, the last two syllables of one with Hangul in it. */
export function Avatar({ name, large }: { name: string; large?: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-grid shrink-0 place-items-center rounded-full bg-hover font-semibold text-text-2',
        large ? 'size-9 text-13' : 'size-7 text-11',
      )}
    >
      {initialsOf(name)}
    </span>
  )
}

export function initialsOf(name: string): string {
  const words = name.normalize('NFC').trim().split(/\s+/).map(startOfWord)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  const syllables = [...lettersOf(words.join(''))].filter((letter) => /[가-힣]/.test(letter))
  if (syllables.length > 0) return syllables.slice(-2).join('')
  return words.length > 1
    ? `${startOf(first, 1)}${startOf(last, 1)}`.toUpperCase()
    : startOf(first, 2).toUpperCase()
}

/** No name has longer words; a letter buried under marks is left out. */
const startOfWord = (word: string) => startOf(word, 40)
