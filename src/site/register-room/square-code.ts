/** A square code as a picture that stands in a page by itself: no file beside it, sharp on every printer. */

/** @returns an SVG element: 4 units a module, with the white margin of 4 modules that readers want; a seventh of it may be missing. */
export async function squareCode(text: string): Promise<string> {
  // A library of half a megabyte that most starts never need.
  const { default: bwipjs } = await import('bwip-js/node');
  const options = { bcid: 'qrcode', text, eclevel: 'M', paddingwidth: 8, paddingheight: 8 };
  return bwipjs.toSVG(options).trim();
}
