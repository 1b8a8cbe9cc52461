import 'server-only'

export { recoverSpools } from '@/lib/generations/pipeline/recover'
