const PREFIX = /^\(\d+\) /
const SIDE_PX = 64

/** The number in the tab's title and on its icon: what has come to an end while nobody looked. 0 takes both away. */
export function showTabBadge(count: number): void {
  const title = document.title.replace(PREFIX, '')
  document.title = count > 0 ? `(${count}) ${title}` : title
  void drawIcon(count)
}

let plain: string | undefined

async function drawIcon(count: number): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (!link) return
  plain ??= link.href
  if (count === 0) return void (link.href = plain)
  const icon = new Image(SIDE_PX, SIDE_PX)
  icon.src = plain
  await icon.decode().catch(() => undefined)
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE_PX, height: SIDE_PX })
  const context = canvas.getContext('2d')
  if (!context) return
  context.drawImage(icon, 0, 0, SIDE_PX, SIDE_PX)
  context.fillStyle = '#e5484d'
  context.beginPath()
  context.arc(44, 20, 20, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#fff'
  context.font = '600 28px sans-serif'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(count > 9 ? '9+' : String(count), 44, 21)
  link.href = canvas.toDataURL()
}
