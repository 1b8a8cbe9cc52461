import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'

type Option = { value: string; label: string; href: string }

/** One of a few views, side by side: each has an address of its own. */
export function Choice({ label, value, options }: { label: string; value: string; options: Option[] }) {
  return (
    <nav
      aria-label={label}
      className="relative no-scrollbar flex w-fit max-w-full overflow-x-auto rounded-m bg-track p-[3px]"
    >
      {options.map((option) => (
        <Link
          key={option.value}
          href={option.href}
          scroll={false}
          aria-current={option.value === value ? 'true' : undefined}
          className={cn(
            'flex h-[30px] items-center rounded-[7px] px-3 text-13 font-medium whitespace-nowrap phone:h-11',
            option.value === value
              ? 'bg-selected text-text shadow-[0_1px_2px_var(--segment-shadow)]'
              : 'text-text-2 hover:text-text',
          )}
        >
          {option.label}
        </Link>
      ))}
    </nav>
  )
}
