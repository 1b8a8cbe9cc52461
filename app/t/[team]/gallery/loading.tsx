import { WallSkeleton } from '@/components/gallery/states'
import { Messages } from '@/components/messages'

export default function GalleryLoading() {
  return (
    <Messages namespaces={['gallery']}>
      <div className="h-14 phone:h-29">{/* the toolbar’s place */}</div>
      <WallSkeleton />
    </Messages>
  )
}
