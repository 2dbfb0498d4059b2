/** What has a height and can be drawn anywhere: the parts that sheets are put together from. */
import type { Weight } from './fonts.ts';
import type { Lettering } from './lettering.ts';
import type { Picture } from './pictures.ts';
import type { Ink, SheetPage } from './sheet-document.ts';

export interface Block {
  readonly height: number;
  draw(page: SheetPage, x: number, y: number): void;
}

export interface Style {
  readonly size: number;
  readonly weight?: Weight;
  readonly ink?: Ink;
  readonly align?: 'left' | 'centre' | 'right';
}

/** Of lines above each other, as a part of the letters' size. */
const leading = 1.32;

/** Text in as many lines as it needs. */
export function paragraph(lettering: Lettering, text: string, width: number, style: Style): Block {
  const { size, weight = 'regular', ink = 'black', align = 'left' } = style;
  const lines = lettering.lines(text, weight, width / size);
  const shift = { left: 0, centre: 0.5, right: 1 }[align];
  return {
    height: lines.length * size * leading,
    draw(page, x, y) {
      for (const [i, line] of lines.entries())
        page.write(line, {
          x: x + (width - line.width * size) * shift,
          y: y + i * size * leading + size * 1.04,
          size,
          ink,
        });
    },
  };
}

/** Text in one line, smaller than asked for where it would be wider than `width`. */
export function headline(lettering: Lettering, text: string, width: number, style: Style): Block {
  const line = lettering.line(text, style.weight ?? 'bold');
  const size = Math.min(style.size, width / Math.max(line.width, 0.1));
  return paragraph(lettering, text, width + 1, { ...style, weight: style.weight ?? 'bold', size });
}

export function space(height: number): Block {
  return { height, draw: () => undefined };
}

export function stack(...blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, block) => sum + block.height, 0),
    draw(page, x, y) {
      let down = y;
      for (const block of blocks) {
        block.draw(page, x, down);
        down += block.height;
      }
    },
  };
}

/** Beside each other, each at its distance from the left. */
export function beside(...parts: readonly { readonly x: number; readonly block: Block }[]): Block {
  return {
    height: Math.max(0, ...parts.map(({ block }) => block.height)),
    draw(page, x, y) {
      for (const part of parts) part.block.draw(page, x + part.x, y);
    },
  };
}

export function framed(block: Block, width: number, padding: number, ink: Ink = 'pale'): Block {
  const height = block.height + 2 * padding;
  return {
    height,
    draw(page, x, y) {
      page.frame(x, y, width, height, ink);
      block.draw(page, x + padding, y + padding);
    },
  };
}

/** A photo, or a frame with words instead. */
export function photoFrame(
  lettering: Lettering,
  picture: Picture | null,
  instead: string,
  size: { width: number; height: number },
): Block {
  const words = paragraph(lettering, instead, size.width - 6, { size: 6.5, ink: 'grey', align: 'centre' });
  return {
    height: size.height,
    draw(page, x, y) {
      page.frame(x, y, size.width, size.height);
      if (picture) page.picture(picture, x + 1, y + 1, size.width - 2, size.height - 2);
      else words.draw(page, x + 3, y + (size.height - words.height) / 2);
    },
  };
}

export interface Column<T> {
  readonly title: string;
  readonly width: number;
  readonly align?: Style['align'];
  readonly weight?: Weight;
  /** Text, or anything that fits into the width. */
  readonly cell: (row: T) => string | ((width: number) => Block);
}

export interface TableStyle {
  readonly size: number;
  /** Above and below each cell. */
  readonly padding: number;
}

export interface TableBlocks {
  readonly head: Block;
  readonly rows: readonly Block[];
}

const gap = 5;

/** Each row as high as its highest cell: what is long wraps. */
export function table<T>(
  lettering: Lettering,
  columns: readonly Column<T>[],
  rows: readonly T[],
  { size, padding }: TableStyle,
): TableBlocks {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const row = (cells: readonly Block[]): Block => {
    let x = 0;
    const parts = cells.map((block, i) => {
      const part = { x: x + gap, block };
      x += columns[i]?.width ?? 0;
      return part;
    });
    const inner = beside(...parts);
    const height = inner.height + 2 * padding;
    return {
      height,
      draw(page, left, y) {
        page.frame(left, y, width, height);
        let edge = left;
        for (const column of columns.slice(0, -1)) {
          edge += column.width;
          page.frame(edge, y, 0, height);
        }
        inner.draw(page, left, y + padding);
      },
    };
  };
  return {
    head: row(
      columns.map(({ title, width, align }) =>
        paragraph(lettering, title, width - 2 * gap, {
          size: size * 0.82,
          ink: 'grey',
          ...(align && { align }),
        }),
      ),
    ),
    rows: rows.map((one) =>
      row(
        columns.map(({ width, align, weight, cell }) => {
          const content = cell(one);
          if (typeof content === 'function') return content(width - 2 * gap);
          return paragraph(lettering, content, width - 2 * gap, {
            size,
            ...(align && { align }),
            ...(weight && { weight }),
          });
        }),
      ),
    ),
  };
}
