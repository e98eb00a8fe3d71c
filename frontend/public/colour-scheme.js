// Runs before the first paint, so that nobody who chose the dark sees a flash of light. A file of its own, since the
// content security policy allows no script inside the page.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch {
    // No storage, no wish.
  }
  const dark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
