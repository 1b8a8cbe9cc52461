import { cn } from '@/lib/cn'

/** A person as initials: two letters of a Latin name, the given name's last two syllables of a Korean one. */
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
  const words = name.trim().split(/\s+/)
  const only = words[0] ?? ''
  if (/[가-힣]/.test(name)) return name.replaceAll(' ', '').slice(-2)
  return words.length > 1
    ? `${[...only][0] ?? ''}${[...(words.at(-1) ?? '')][0] ?? ''}`.toUpperCase()
    : only.slice(0, 2).toUpperCase()
}
