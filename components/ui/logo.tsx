/** The mark: a crucible seen from above. */
export function Logo({ className = 'size-[22px]' }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={`shrink-0 text-focus ${className}`}>
      <path
        d="M12 2.5 20.2 7.2v9.6L12 21.5 3.8 16.8V7.2Z"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path d="M12 8.2 15.3 10.1v3.8L12 15.8 8.7 13.9v-3.8Z" fill="currentColor" />
    </svg>
  )
}
