/** What of an author's content may reach a candidate: QTI 3.0's HTML, MathML and SVG without anything that runs, links outside or carries a key. */

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

export const renderedInteractions = new Set(
  [
    'choice',
    'inline-choice',
    'text-entry',
    'extended-text',
    'hottext',
    'match',
    'associate',
    'gap-match',
    'hotspot',
    'select-point',
    'graphic-order',
    'graphic-associate',
    'graphic-gap-match',
    'position-object',
    'end-attempt',
    'drawing',
    'order',
    'slider',
    'media',
    'upload',
  ].map((name) => `qti-${name}-interaction`),
);

export const qtiContent = words(`
  qti-item-body qti-stimulus-body qti-content-body qti-prompt qti-simple-choice qti-inline-choice qti-label qti-hottext qti-simple-match-set
  qti-simple-associable-choice qti-gap-text qti-gap-img qti-gap qti-hotspot-choice qti-associable-hotspot qti-position-object-stage qti-template-block qti-template-inline qti-printed-variable qti-rubric-block`);

export const htmlElements = words(`
  a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
  figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label li main mark nav object ol p picture pre q rb rp rt rtc ruby s
  samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr`);

/** Dropped with everything inside; other unknown elements only lose their tags. */
export const droppedWhole = words(
  'script style param iframe embed applet form input button select textarea canvas template noscript base link meta title frame frameset portal',
);

export const mathElements = words(`
  m:math m:mrow m:mi m:mn m:mo m:ms m:mtext m:mspace m:mfrac m:msqrt m:mroot m:mstyle m:merror m:mpadded m:mphantom m:mfenced m:menclose m:msub m:msup
  m:msubsup m:munder m:mover m:munderover m:mmultiscripts m:mprescripts m:none m:mtable m:mtr m:mlabeledtr m:mtd m:maligngroup m:malignmark m:semantics
  m:mstack m:mlongdiv m:msgroup m:msrow m:mscarries m:mscarry m:msline`);

export const mathAttributes = words(`
  display mathvariant mathsize mathcolor mathbackground dir scriptlevel displaystyle form fence separator separators lspace rspace stretchy symmetric
  maxsize minsize largeop movablelimits accent accentunder linethickness numalign denomalign bevelled open close notation width height depth voffset
  rowspan columnspan rowalign columnalign groupalign rowspacing columnspacing rowlines columnlines frame framespacing equalrows equalcolumns side
  columnwidth align subscriptshift superscriptshift alttext lang`);

export const svgElements = words(`
  svg:svg svg:g svg:path svg:rect svg:circle svg:ellipse svg:line svg:polyline svg:polygon svg:text svg:tspan svg:textPath svg:title svg:desc svg:defs svg:use
  svg:symbol svg:marker svg:clipPath svg:mask svg:pattern svg:linearGradient svg:radialGradient svg:stop svg:image`);

const attributeNames = words(`
  id class lang dir title alt width height type colspan rowspan headers scope span start reversed value controls loop preload kind srclang
  label role align valign datetime open abbr for muted default
  identifier response-identifier max-choices min-choices max-associations min-associations shuffle fixed orientation match-max match-min match-group show-hide
  template-identifier expected-length expected-lines pattern-mask placeholder-text base string-identifier min-strings max-strings format lower-bound upper-bound
  step step-label reverse autostart min-plays max-plays required view use power-form field index delimiter mapping-indicator
  data-max-selections-message data-min-selections-message data-patternmask-message data-choices-container-width data-prompt data-first-column-header
  data-width data-height data-stimulus-idref data-invigil-file data-invigil-max-mb data-invigil-max-seconds data-invigil-max-tries object-label hotspot-label shape coords center-point count-attempt data-qti-suppress-tts`);

/** Free `data-` attributes are left out: authoring tools keep notes there, right answers among them. */
export function allowedAttribute(element: string, name: string): boolean {
  if (element.startsWith('m:')) return mathAttributes.has(name);
  if (name === 'label') return element === 'track';
  return attributeNames.has(name) || name.startsWith('aria-');
}

/** Classes that QTI shares between delivery systems; what else authors call things by may tell what is right. */
export function sharedClasses(value: string): string {
  return value
    .split(/\s+/)
    .filter((name) => name.startsWith('qti-'))
    .join(' ');
}

/** What an author hid from candidates stays hidden, though its style does not come along. */
export function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes['hidden'] !== undefined ||
    /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes['style'] ?? '') ||
    (attributes['class'] ?? '').split(/\s+/).includes('qti-hidden')
  );
}

/** Attributes that refer to elements by their `id`. */
export const referringAttributes = new Set(
  'aria-labelledby aria-describedby aria-details aria-controls aria-owns aria-flowto headers for'.split(' '),
);

/** Attributes that name a file of the package. */
export const fileAttributes = new Set(['src', 'data', 'poster']);

const shownTypes = /^(image|audio|video)\/|^application\/(pdf|ogg)$/i;

/** Whether an `object` holds what a page may show: not another page, and nothing that a plug-in would run. */
export function shownObject(type: string | undefined): boolean {
  return type === undefined || type === '' || shownTypes.test(type);
}
