// @ts-check
// Preloaded into children of the launcher: they end when it is gone, however it went.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
