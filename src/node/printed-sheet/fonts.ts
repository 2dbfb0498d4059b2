/** The fonts that a sheet carries: Noto Sans for Latin and Cyrillic letters of all languages, Noto Sans SC for Han characters. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PDFDocument, PDFFont } from '@cantoo/pdf-lib';

export type Weight = 'regular' | 'bold';

/** One font in one weight, as it lies in the document. */
export interface Face {
  /** Its name in the resources of every page. */
  readonly name: string;
  readonly font: PDFFont;
  has(codePoint: number): boolean;
}

/** In the order in which they are asked for a character. */
export type Fonts = Readonly<Record<Weight, readonly Face[]>>;

/** As packages name them. */
export const fontFiles: Readonly<Record<Weight, readonly string[]>> = {
  regular: [
    '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  ],
  bold: [
    '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
    '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  ],
};

/** One glyph for each character: of several for one, or one for several, what is read out of the file or searched in it would be another text. */
const features = { ccmp: false, liga: false, clig: false, calt: false };

/** Only the characters that are used get into the file. */
export async function embedFonts(document: PDFDocument): Promise<Fonts> {
  document.registerFontkit(await import('@cantoo/fontkit'));
  const locate = createRequire(import.meta.url);
  const weight = (of: Weight): Promise<Face[]> =>
    Promise.all(
      fontFiles[of].map(async (file, i) => {
        const font = await document.embedFont(await readFile(locate.resolve(file)), {
          subset: true,
          features,
        });
        const characters = new Set(font.getCharacterSet());
        return { name: `${of}${i + 1}`, font, has: (codePoint) => characters.has(codePoint) };
      }),
    );
  return { regular: await weight('regular'), bold: await weight('bold') };
}
