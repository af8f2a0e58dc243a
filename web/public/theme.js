// Applies the chosen appearance and language before the first paint. A file of its own, because the
// Content-Security-Policy allows no script inside the document.
;(() => {
  const root = document.documentElement
  try {
    const theme = localStorage.getItem('theme')
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    const language = localStorage.getItem('language')
    if (language === 'de' || language === 'en') root.lang = language
  } catch {
    // Without storage the page follows the device and starts in German.
  }
})()
