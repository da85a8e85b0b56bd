/**
 * npm runs a script in a shell and signals that shell, which may end without passing the signal on. `exec` would put the script
 * in the shell's place, but the shell of Windows does not know it. So who has lost the shell stops as if it had the signal.
 */

/** In ms. */
const lookEvery = 200

const { ppid: shell } = process

if (process.env.npm_lifecycle_event !== undefined) {
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    // A server that had the signal, too, must not take this for a second one.
    if (!process.emit('orphaned')) process.kill(process.pid, 'SIGTERM')
  }, lookEvery)
  timer.unref()
}
