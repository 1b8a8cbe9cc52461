import { WallSkeleton } from '@/components/gallery/states'
import { Messages } from '@/components/messages'

export default function GalleryLoading() {
  return (
    <Messages namespaces={['gallery']}>
      <WallSkeleton />
    </Messages>
  )
}
