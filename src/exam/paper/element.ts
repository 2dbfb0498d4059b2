/**
 * A piece of QTI XML as plain data: what the importer reads, what is sealed into a paper, what the candidate's
 * screen renders and what scoring evaluates. Namespaces are resolved at import: HTML and QTI elements have their bare local
 * name (`p`, `qti-choice-interaction`), MathML and SVG ones a prefix (`m:mrow`, `svg:path`), whatever prefix the author used.
 */
export interface QtiElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly QtiNode[];
}

export type QtiNode = string | QtiElement;

export function isElement(node: QtiNode): node is QtiElement {
  return typeof node !== 'string';
}

export function childElements(element: QtiElement, name?: string): QtiElement[] {
  return element.children.filter(isElement).filter((child) => name === undefined || child.name === name);
}

export function childElement(element: QtiElement, name: string): QtiElement | undefined {
  return childElements(element, name)[0];
}

/** Every element below, in document order, without the element itself. */
export function* descendants(element: QtiElement): Generator<QtiElement> {
  for (const child of element.children) {
    if (!isElement(child)) continue;
    yield child;
    yield* descendants(child);
  }
}

export function textContent(node: QtiNode): string {
  return isElement(node) ? node.children.map(textContent).join('') : node;
}
