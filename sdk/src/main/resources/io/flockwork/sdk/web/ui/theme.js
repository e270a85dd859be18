// Runs before the first paint, so that the page never flashes in the wrong colours.
(() => {
  const KEY = 'flockwork-theme';
  let kept = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; then the system's choice holds.
  }
  if (kept === 'dark' || kept === 'light') document.documentElement.dataset.theme = kept;
})();
