// A classic script in the head: what it sets is there before anything is painted.
document.documentElement.dataset.scripts = ''
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is blocked: the page follows the system.
}
