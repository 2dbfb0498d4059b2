/** As a scanner writes it. */
import sharp from 'sharp';
import type { Raster } from '../../src/recognise/raster.ts';

export async function jpegOf({ width, height, grey }: Raster, quality = 80, dpi = 200): Promise<Buffer> {
  const jpeg = await sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality })
    .toBuffer();
  // JFIF 1.1 with the resolution, as scanners begin a file: the encoder would turn grey to colour for it.
  const head = Buffer.from('ffd8ffe000104a46494600010101000000000000', 'hex');
  head.writeUInt16BE(dpi, 14);
  head.writeUInt16BE(dpi, 16);
  const own = jpeg[3] === 0xe0 ? 4 + jpeg.readUInt16BE(4) : 2;
  return Buffer.concat([head, jpeg.subarray(own)]);
}

export function tiffOf({ width, height, grey }: Raster, dpi = 200): Promise<Buffer> {
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'lzw', xres: dpi / 25.4, yres: dpi / 25.4 })
    .toBuffer();
}
