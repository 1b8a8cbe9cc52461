/** A small image of ours: already of the right size, and behind a session that an image optimiser does not have. */
export function Thumb({ src, className = 'size-full' }: { src: string; className?: string }) {
  // eslint-disable-next-line @next/next/no-img-element -- see above
  return <img src={src} alt="" loading="lazy" className={`object-cover ${className}`} />
}
