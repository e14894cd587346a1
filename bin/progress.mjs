// One line per step: what is being done, and how long it took.
const width = 34

export async function step(title, work) {
  const started = performance.now()
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
  const live = process.stdout.isTTY
  const show = (mark) => process.stdout.write(`${live ? '\r' : ''}${mark} ${title.padEnd(width)} ${seconds()}${live ? ' ' : '\n'}`)
  const ticking = live ? setInterval(() => show('·'), 100) : undefined
  if (live) show('·')
  else process.stdout.write(`· ${title} …\n`)
  try {
    await work()
    show('✓')
  } catch (trouble) {
    show('✗')
    console.error(`\n${title} failed:\n${trouble.message}`)
    process.exit(1)
  } finally {
    clearInterval(ticking)
    if (live) process.stdout.write('\n')
  }
}
