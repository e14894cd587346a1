// How a starter and the server it has started stop together: signals are passed on once, the exit code comes back, and when the
// starter is killed the server notices and stops cleanly.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a Node program as our other half; answers its exit code. */
export function runAsChild(executable, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    const ask = (signal) => child.connected && child.send({ stop: signal }, () => {})
    // A moment later, so that a signal which the terminal sent to both of us is there first.
    for (const signal of forwarded) process.on(signal, () => setTimeout(ask, 100, signal))
    // Whoever started us has been killed: nobody is left who could stop us.
    const parent = process.ppid
    setInterval(() => process.ppid !== parent && ask('SIGTERM'), 500).unref()
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)))
  })
}

/** In the child: obey the parent. A Ctrl-C reaches both of us, so what has been heard from the terminal is not heard twice. */
export function obeyParent() {
  if (!process.send || !process.channel) return
  let asked = false
  const stop = (signal) => {
    if (asked) return
    asked = true
    process.kill(process.pid, signal)
  }
  for (const signal of forwarded) {
    const hear = () => {
      asked = true
      // Nobody else listens: end as one would without us.
      if (process.listenerCount(signal) > 1) return
      process.off(signal, hear)
      process.kill(process.pid, signal)
    }
    process.on(signal, hear)
  }
  process.on('message', (message) => message?.stop && stop(message.stop))
  process.on('disconnect', () => stop('SIGTERM'))
  process.channel.unref()
}
