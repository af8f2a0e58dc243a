/** Keeps what others may have changed fresh while somebody looks at the page. */

/** A renamed page shows its new title in links that are being looked at, after so long. */
const titlesAgain = 20_000

/** Asks for titles again and again, and for all of it when one comes back; returns what ends that. */
export function whileLooking(askTitles: () => void, askPage: () => void): () => void {
  const isVisible = (): boolean => document.visibilityState === 'visible'
  const onvisible = (): void => {
    if (!isVisible()) return
    askTitles()
    askPage()
  }
  const timer = setInterval(() => {
    if (isVisible()) askTitles()
  }, titlesAgain)
  document.addEventListener('visibilitychange', onvisible)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onvisible)
  }
}
