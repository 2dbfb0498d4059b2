/** A page as the scanner delivered it, in one of the two forms in which pages travel: grey JPEG, or grey TIFF with LZW. */
import sharp from 'sharp';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { ScanRequest } from './port.ts';

/** Of a page: twice an A4 page at 600 dpi. */
const mostPixels = 70_000_000;
const millimetresPerInch = 25.4;

/** By its first bytes; null: neither. */
export function formatOf(bytes: Uint8Array): 'jpeg' | 'tiff' | null {
  const begins = (...start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte);
  if (begins(0xff, 0xd8, 0xff)) return 'jpeg';
  return begins(0x49, 0x49, 0x2a, 0) || begins(0x4d, 0x4d, 0, 0x2a) ? 'tiff' : null;
}

/** Refusal: `scan-page-unreadable`. A grey JPEG that is wanted as JPEG stays byte for byte what the scanner made. */
export async function asPage(
  bytes: Uint8Array,
  { dpi, format }: Pick<ScanRequest, 'dpi' | 'format'>,
): Promise<Result<Uint8Array>> {
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels });
    const found = await image.metadata();
    const good =
      format === 'jpeg' && found.format === 'jpeg' && found.channels === 1 && found.density !== undefined;
    if (good) {
      // The head alone does not tell that the rest is there.
      await image.stats();
      return ok(bytes);
    }
    const grey = image.toColourspace('b-w').withDensity(dpi);
    return ok(
      await (
        format === 'jpeg'
          ? grey.jpeg({ quality: 90 })
          : grey.tiff({
              compression: 'lzw',
              xres: dpi / millimetresPerInch,
              yres: dpi / millimetresPerInch,
            })
      ).toBuffer(),
    );
  } catch (error) {
    return refuse({
      type: 'scan-page-unreadable',
      problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    });
  }
}
