/** A page as a scanner made it: JPEG, or TIFF with LZW, looked at and decoded. */
import sharp from 'sharp';
import type { FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';

const [width, height] = [413, 585];

/** An A5 page in small, with something on it. */
function page() {
  const grey = Buffer.alloc(width * height, 0xee);
  for (let y = 60; y < 140; y++) grey.fill(0x10, y * width + 40, y * width + 200);
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .withDensity(200);
}

export const scannedPage: FuzzedReader = {
  name: 'scanned-page',
  stage: null,
  open: async () => ({
    samples: [
      new Uint8Array(await page().jpeg({ quality: 80 }).toBuffer()),
      new Uint8Array(
        await page()
          .tiff({ compression: 'lzw', xres: 200 / 25.4, yres: 200 / 25.4 })
          .toBuffer(),
      ),
    ],
    ...openReader('page'),
  }),
};
