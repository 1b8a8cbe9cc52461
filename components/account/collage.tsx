import { cn } from '@/components/ui/cn'

/** The sandbox's styles, each in one image; they come with the program (public/styles). */
const columns = [
  { images: [101, 104, 107, 110], className: '-mt-[120px]' },
  { images: [102, 105, 108, 111], className: '-mt-9' },
  { images: [103, 106, 109, 112], className: '-mt-[200px]' },
]

/** So many of a column are in sight on a phone; the others are not fetched there. */
const ON_PHONES = 2

/** Images that this studio paints, as the promise of what is inside. Decoration for the eye alone. */
export function Collage() {
  return (
    <div
      aria-hidden
      className="sticky top-0 grid h-dvh grid-cols-3 gap-2 overflow-hidden bg-panel px-2 phone:static phone:row-start-1 phone:h-[200px]"
    >
      {columns.map(({ images, className }) => (
        <div key={className} className={cn('flex flex-col gap-2 phone:-mt-[60px]', className)}>
          {images.map((styleId, index) => (
            // eslint-disable-next-line @next/next/no-img-element -- small static files, already in their final size
            <img
              key={styleId}
              src={`/styles/${styleId}.webp`}
              alt=""
              loading={index < ON_PHONES ? 'eager' : 'lazy'}
              width={480}
              height={index % 2 === 0 ? 600 : 480}
              className={cn(
                'w-full rounded-s bg-field object-cover',
                index % 2 === 0 ? 'aspect-4/5' : 'aspect-square',
                index >= ON_PHONES && 'phone:hidden',
              )}
            />
          ))}
        </div>
      ))}
    </div>
  )
}
