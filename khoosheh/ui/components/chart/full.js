// Shows one figure on the full screen, enlarged as far as it fits, below its heading.
const FULL_LARGEST = 2.2, FULL_NARROW_PX = 880, FULL_EDGE_PX = 140;
const FULL_SIGN = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5"/></svg>';

// Returns how much a figure is enlarged: it never becomes narrower than on a page, and a tall one scrolls.
export const enlarged = (height, width, room) =>
  Math.max(1, Math.min(FULL_LARGEST, width / FULL_NARROW_PX, (room - FULL_EDGE_PX) / height));

const fitScreen = (holder, box) => {
  const isFull = document.fullscreenElement === holder, height = box.layout?.height ?? 400;
  const scale = isFull ? enlarged(height, innerWidth, innerHeight) : 1;
  holder.style.setProperty('--full', scale);
  holder.style.setProperty('--tall', `${height}px`);
};

const fullScreen = (holder, box, words) => {
  if (!document.fullscreenEnabled) return [];
  const button = document.createElement('button');
  button.type = 'button';
  button.innerHTML = FULL_SIGN;
  button.title = words.full;
  button.setAttribute('aria-label', words.full);
  button.dataset.what = 'full';
  button.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : holder.requestFullscreen());
  holder.dataset.title = box.khoosheh.picture?.title ?? '';
  if (!box.khoosheh.full) holder.addEventListener('fullscreenchange', () => fitScreen(holder, box));
  box.khoosheh.full = true;
  return [button];
};
