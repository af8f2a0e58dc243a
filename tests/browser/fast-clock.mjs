/**
 * Lets the time of this process run faster, by the factor in `SPEED`. Imported first, because
 * libraries keep the clock that they find.
 */
const speed = Number(process.env.SPEED ?? 1)
if (speed !== 1) {
  const started = Date.now()
  const now = Date.now.bind(Date)
  Date.now = () => started + (now() - started) * speed
  for (const name of ['setTimeout', 'setInterval']) {
    const timer = globalThis[name]
    globalThis[name] = (call, delay = 0, ...rest) => timer(call, delay / speed, ...rest)
  }
}
