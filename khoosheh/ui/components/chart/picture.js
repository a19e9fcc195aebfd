// Saves a figure as a complete picture: title above it, day, sources and licence below it, and its font embedded.
const PAD_PX = 24, TITLE_PX = 20, TITLE_LINE_PX = 32, SMALL_PX = 13, SMALL_LINE_PX = 22, LEAST_PX = 640, SHARPER = 2.5;
const SVG = 'http://www.w3.org/2000/svg', FAMILY = 'Khoosheh';
// addresses keep Latin digits, as they have to be typed
const PLAIN = 'sans-serif';

// Breaks a text into lines of at most the given width; a word that is wider, such as an address, is broken within.
export const wrapped = (words, room, wide) => {
  const lines = [];
  let line = '';
  for (const word of words.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (wide(longer) <= room) { line = longer; continue; }
    if (line) lines.push(line);
    line = word;
    while (wide(line) > room) {
      let end = line.length - 1;
      while (end > 1 && wide(line.slice(0, end)) > room) end -= 1;
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
  }
  return line ? [...lines, line] : lines;
};

const measure = (size, weight, family = FAMILY) => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = `${weight} ${size}px ${family}`;
  return words => pen.measureText(words).width;
};

// the fonts of the page as data, so that the picture does not depend on other files
let fonts = null;
const embedded = () => fonts ??= Promise.all(
  [...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules]; } catch { return []; } })
    .filter(rule => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue('font-family').includes(FAMILY))
    .map(async rule => {
      const [, address] = rule.style.getPropertyValue('src').match(/url\(["']?([^"')]+)/);
      const file = await (await fetch(new URL(address, document.baseURI))).blob();
      const data = await new Promise(done => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL(file);
      });
      const weight = rule.style.getPropertyValue('font-weight') || '400';
      return `@font-face{font-family:${FAMILY};font-weight:${weight};src:url(${data}) format('woff2')}`;
    })).then(rules => rules.join(''));

const texts = (lines, top, step, size, weight, colour, rtl, width) => lines.map((line, at) => {
  const one = document.createElementNS(SVG, 'text');
  // an address runs from left to right, but is aligned with the other lines
  const attributes = {
    x: rtl ? width - PAD_PX : PAD_PX, y: top + at * step + size,
    direction: rtl && !line.ltr ? 'rtl' : 'ltr', 'text-anchor': rtl && line.ltr ? 'end' : 'start',
    'font-family': line.ltr ? PLAIN : `${FAMILY}, Vazirmatn, Tahoma, sans-serif`, 'font-size': size, 'font-weight': weight, fill: colour,
  };
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.textContent = line.words;
  return one;
});

// Returns the picture as the text of an SVG file, with its size.
const composed = async (Plotly, box, told) => {
  const rtl = document.documentElement.dir === 'rtl';
  const layout = {...box.layout, width: Math.max(LEAST_PX, box.clientWidth)};
  const {width} = layout, height = layout.height, room = width - 2 * PAD_PX;
  const drawn = await Plotly.toImage({data: box.data, layout, config: {}}, {format: 'svg', width, height});
  const figure = new DOMParser()
    .parseFromString(decodeURIComponent(drawn.slice(drawn.indexOf(',') + 1)), 'image/svg+xml').documentElement;
  const title = wrapped(told.title, room, measure(TITLE_PX, 700)).map(words => ({words}));
  const small = measure(SMALL_PX, 400);
  const foot = [
    ...told.foot.flatMap(one => wrapped(one, room, small).map(words => ({words}))),
    ...wrapped(location.href, room, measure(SMALL_PX, 400, PLAIN)).map(words => ({words, ltr: true})),
  ];
  const top = PAD_PX + title.length * TITLE_LINE_PX + 8, below = top + height + 12;
  const whole = document.createElementNS(SVG, 'svg');
  const tall = below + foot.length * SMALL_LINE_PX + PAD_PX;
  for (const [name, value] of Object.entries({width, height: tall, viewBox: `0 0 ${width} ${tall}`}))
    whole.setAttribute(name, value);
  const style = document.createElementNS(SVG, 'style'), ground = document.createElementNS(SVG, 'rect');
  style.textContent = await embedded();
  for (const [name, value] of Object.entries({width, height: tall, fill: told.ground})) ground.setAttribute(name, value);
  figure.setAttribute('y', top);
  figure.setAttribute('direction', 'ltr');
  whole.append(style, ground,
    ...texts(title, PAD_PX, TITLE_LINE_PX, TITLE_PX, 700, told.ink, rtl, width), document.importNode(figure, true),
    ...texts(foot, below, SMALL_LINE_PX, SMALL_PX, 400, told.muted, rtl, width));
  return {text: new XMLSerializer().serializeToString(whole), width, height: tall};
};

const saved = (address, name) => {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
};

const sharp = async ({text, width, height}) => {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPER;
  canvas.height = height * SHARPER;
  const pen = canvas.getContext('2d');
  pen.scale(SHARPER, SHARPER);
  // the browser may decode embedded fonts a moment after the picture itself
  for (let turn = 0; turn < 2; turn += 1) {
    pen.drawImage(picture, 0, 0, width, height);
    await new Promise(done => setTimeout(done, 60));
  }
  pen.drawImage(picture, 0, 0, width, height);
  return canvas.toDataURL('image/png');
};

const copied = async (button, words) => {
  try { await navigator.clipboard.writeText(location.href); } catch {
    // without HTTPS the clipboard is not available: the text is selected, so that the reader can copy it
    globalThis.prompt(words.link, location.href);
    return;
  }
  const before = button.textContent;
  button.textContent = words.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
};

// Returns the buttons that save the figure as shown, and copy the address of the view.
const pictures = (Plotly, box, told) => {
  const make = (what, words, act) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.title = told.words[what];
    button.setAttribute('aria-label', told.words[what]);
    button.dataset.what = what;
    button.onclick = async () => {
      button.disabled = true;
      try { await act(button); } finally { button.disabled = false; }
    };
    return button;
  };
  return [
    make('png', 'PNG', async () => saved(await sharp(await composed(Plotly, box, told)), `${told.name}.png`)),
    make('svg', 'SVG', async () => {
      const {text} = await composed(Plotly, box, told);
      const address = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'}));
      saved(address, `${told.name}.svg`);
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }),
    make('link', told.words.link, button => copied(button, told.words)),
  ];
};
