// Draws a figure with Plotly.react, reports clicks on marks, and chooses the ticks of a time axis by its visible range.
const LETTER_PX = 7.5, ROOM_PX = 22, WIDE_PX = 560, WEIGHTS = [400, 700], CONFIG = {displayModeBar: false, scrollZoom: false, doubleClick: false, responsive: false};

const library = () => new Promise((done, failed) => {
  const end = Date.now() + 30000;
  const look = () => globalThis.Plotly ? done(globalThis.Plotly)
    : Date.now() > end ? failed(new Error('plotly')) : setTimeout(look, 30);
  look();
});

// Returns the ticks of the finest level whose labels do not overlap in the visible range.
export const ticks = (levels, range, width) => {
  const [low, high] = range[0] < range[1] ? range : [range[1], range[0]];
  let found = null;
  for (const level of levels) {
    const seen = level.at.map((at, place) => [at, level.words[place]]).filter(([at]) => at >= low && at <= high);
    found = seen;
    const widest = Math.max(0, ...seen.map(([, words]) => words.length)) * LETTER_PX + ROOM_PX;
    if (seen.length <= Math.max(2, width / widest)) break;
  }
  return {tickvals: found.map(one => one[0]), ticktext: found.map(one => one[1])};
};

const retick = (Plotly, box) => {
  const levels = box.layout?.meta?.ticks;
  if (!levels) return;
  const axis = box._fullLayout.xaxis;
  const found = ticks(levels, axis.range, axis._length);
  if (JSON.stringify(found.tickvals) !== JSON.stringify(box.layout.xaxis.tickvals))
    return Plotly.relayout(box, {'xaxis.tickvals': found.tickvals, 'xaxis.ticktext': found.ticktext});
};

// While Plotly draws a figure, its texts are misplaced: scripts that inspect the page can check whether it is ready.
const drawing = box => { box.dataset.drawn = 'no'; };
const drawn = box => { box.dataset.drawn = 'yes'; };

// An axis at the top stays in sight while the page scrolls: a copy of all above the plot, over the original until then.
const pin = (holder, box) => {
  let copy = holder.querySelector('.khoosheh-plot-axis');
  const layout = box._fullLayout, axis = layout?.xaxis;
  if (axis?.side !== 'top') { copy?.remove(); return; }
  if (!copy) { copy = document.createElement('div'); copy.className = 'khoosheh-plot-axis'; copy.setAttribute('aria-hidden', 'true'); holder.prepend(copy); }
  const above = layout.annotations.flatMap((one, at) => one.yref === 'paper' && one.y === 1 ? [`.annotation[data-index="${at}"]`] : []);
  const parts = ['.xaxislayer-above', ...above].map(part => box.querySelector(part)?.cloneNode(true)).filter(Boolean);
  const sheet = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  sheet.setAttribute('width', layout.width);
  sheet.setAttribute('height', layout._size.t);
  sheet.append(...parts);
  copy.replaceChildren(sheet);
};

// Moves a visible range into the range of the data, outside of which there is nothing to show.
export const within = ([low, high], [first, last]) => {
  const width = Math.min(high - low, last - first);
  const start = Math.min(Math.max(low, first), last - width);
  return [start, start + width];
};

const moved = (range, whole, what) => {
  const turned = range[0] > range[1];
  let [low, high] = turned ? [range[1], range[0]] : range;
  const middle = (low + high) / 2, half = (high - low) / 2;
  if (what === 'in') [low, high] = [middle - half / 2, middle + half / 2];
  if (what === 'out') [low, high] = [middle - half * 2, middle + half * 2];
  if (what === 'earlier') [low, high] = [low - half, high - half];
  if (what === 'later') [low, high] = [low + half, high + half];
  if (what === 'whole') [low, high] = whole;
  const [start, end] = within([low, high], whole);
  return turned ? [end, start] : [start, end];
};

const SIGNS = {in: '+', out: '−', earlier: '‹', later: '›', whole: '↔'};

const zooms = (Plotly, box, words) => {
  const whole = [...box.khoosheh.whole].sort((a, b) => a - b);
  const turned = box.khoosheh.whole[0] > box.khoosheh.whole[1];
  return Object.entries(SIGNS).map(([what, sign]) => {
    const button = document.createElement('button');
    button.type = 'button';
    // arrows point in the direction of time on this axis, which may be reversed
    button.textContent = turned && what === 'earlier' ? '›' : turned && what === 'later' ? '‹' : sign;
    button.dir = 'ltr';
    button.title = words[what];
    button.setAttribute('aria-label', words[what]);
    button.dataset.what = what;
    button.onclick = () => Plotly.relayout(box, {'xaxis.range': moved(box.layout.xaxis.range, whole, what)});
    return button;
  });
};

const buttons = (Plotly, holder, box, words) => {
  let row = holder.querySelector('.khoosheh-plot-buttons');
  const {picture} = box.khoosheh, zoomed = box.layout.meta?.ticks && !box.layout.meta.still;
  if (!zoomed && !picture) { row?.remove(); return; }
  if (!row) { row = document.createElement('div'); row.className = 'khoosheh-plot-buttons'; holder.append(row); }
  row.replaceChildren(...(zoomed ? zooms(Plotly, box, words) : []),
    ...(picture ? [...pictures(Plotly, box, picture), ...fullScreen(holder, box, words)] : []));
};

// In print the width is that of A4 between its margins, at the smaller scale of printed figures (see paper.css).
const PAPER_PX = 860, paper = matchMedia('print');
const widthOf = box => paper.matches ? PAPER_PX : box.clientWidth;

// Figures on the screen are drawn at once, the others when the browser has nothing else to do.
const turn = box => {
  const {top, bottom} = box.getBoundingClientRect();
  if (paper.matches || !globalThis.requestIdleCallback || (bottom > 0 && top < innerHeight)) return null;
  return new Promise(done => requestIdleCallback(done, {timeout: 2000}));
};

// Draws the current figure at the current width, and again if either changed meanwhile; never two drawings at a time.
const draw = async (Plotly, holder, box) => {
  const state = box.khoosheh;
  if (state.busy) return;
  state.busy = true;
  drawing(box);
  try {
    while (box.isConnected && (state.drawn !== state.wanted || Math.abs(widthOf(box) - state.width) >= 2)) {
      const figure = state.fitting(), width = widthOf(box), wanted = state.wanted;
      const again = state.drawn === wanted && figure === state.figure;
      // on touch screens dragging scrolls the page, and only the buttons zoom
      if (!matchMedia('(pointer: fine)').matches) figure.layout.dragmode = false;
      box.style.minHeight = `${figure.layout.height}px`;
      if (again) await Plotly.relayout(box, {width});
      else await Plotly.react(box, figure.data, {...figure.layout, width: width || undefined}, CONFIG);
      state.whole = figure.layout.xaxis?.range;
      Object.assign(state, {drawn: wanted, width, figure});
      buttons(Plotly, holder, box, state.words);
      await retick(Plotly, box);
      pin(holder, box);
      box.querySelectorAll('.annotation').forEach(label =>
        label.classList.toggle('khoosheh-plot-label', !!figure.layout.annotations?.[label.dataset.index]?.name));
    }
  } finally {
    state.busy = false;
  }
  drawn(box);
};

const wire = (Plotly, holder, box) => {
  box.khoosheh.wired = true;
  box.on('plotly_click', ({points}) => {
    const ids = [...new Set(points.flatMap(point => point.customdata?.[0]?.split(' ') ?? []))].filter(Boolean);
    if (!ids.length) return;
    // the statements would open behind a figure on the full screen
    if (document.fullscreenElement) document.exitFullscreen();
    box.khoosheh.tell('picked', ids.join(' '));
  });
  box.on('plotly_clickannotation', ({annotation}) => { if (annotation.name) box.khoosheh.tell('filtered', annotation.name); });
  box.on('plotly_relayout', async () => {
    if (box.khoosheh.busy) return;
    drawing(box);
    await retick(Plotly, box);
    pin(holder, box);
    drawn(box);
  });
  box.on('plotly_relayouting', () => pin(holder, box));
  new ResizeObserver(() => { if (box.clientWidth) draw(Plotly, holder, box); }).observe(box);
  paper.addEventListener('change', () => { if (box.isConnected) draw(Plotly, holder, box); });
};

export default function ({data, parentElement, setTriggerValue}) {
  let holder = parentElement.querySelector('.khoosheh-plot-holder');
  if (!holder) {
    holder = document.createElement('div');
    holder.className = 'khoosheh-plot-holder';
    holder.innerHTML = '<div class="khoosheh-plot" role="img"></div>';
    parentElement.append(holder);
  }
  const box = holder.querySelector('.khoosheh-plot');
  const state = box.khoosheh = Object.assign(box.khoosheh ?? {width: 0}, {
    tell: setTriggerValue, words: data.words, picture: data.picture,
  });
  // an unchanged figure is not drawn again, but the captions of its picture may have changed with the filters
  if (state.wanted === data.figure && state.drawn === data.figure) buttons(globalThis.Plotly, holder, box, state.words);
  if (state.wanted !== data.figure) {
    state.wanted = data.figure;
    drawing(box);
    const given = JSON.parse(data.figure);
    // a figure with texts may have a second form with longer lines, for wide screens
    state.fitting = () => (box.clientWidth >= WIDE_PX && given.layout.meta.wide) || given;
    box.setAttribute('aria-label', given.layout.meta.alt);
    box.style.minHeight = `${state.fitting().layout.height}px`;
    library().then(async Plotly => {
      // Plotly measures texts once: wait for the font, which the page may not have used yet, but continue if loading
      // it fails
      await Promise.allSettled(WEIGHTS.map(weight => document.fonts.load(`${weight} 14px Khoosheh`, 'خ1')));
      await turn(box);
      await draw(Plotly, holder, box);
      if (!state.wired && box.isConnected) wire(Plotly, holder, box);
    });
  }
  return () => setTimeout(() => { if (!box.isConnected) globalThis.Plotly?.purge(box); }, 1000);
}
