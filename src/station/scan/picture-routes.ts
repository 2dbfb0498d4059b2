/** Pictures of pages, behind the screen's cookie like everything else; no browser keeps them. JPEG goes out as it came, TIFF, which no browser shows, as PNG. */
import type { Hono } from 'hono';
import sharp from 'sharp';
import { Refused } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { ScanDesk } from './desk.ts';

/** As the reading of pages allows. */
const mostPixels = 100_000_000;

interface Picture {
  readonly type: 'image/jpeg' | 'image/png';
  readonly content: Uint8Array<ArrayBuffer>;
}

export function pictureRoutes(desk: ScanDesk): (app: Hono) => void {
  const pages = () => desk.current()?.pages ?? null;

  const thumbnail = (id: string): Result<Picture> => {
    const content = pages()?.thumbnail(id) ?? null;
    return content ? ok({ type: 'image/jpeg', content }) : refuse({ type: 'scan-image-missing' });
  };
  const image = async (id: string): Promise<Result<Picture>> => {
    const page = pages()?.get(id);
    if (!page) return refuse({ type: 'scan-image-missing' });
    try {
      const content = await desk.station.node.blobs.read(page.digest);
      if (content === null) return refuse({ type: 'scan-image-missing' });
      if (page.format === 'jpeg') return ok({ type: 'image/jpeg', content: new Uint8Array(content) });
      const png = sharp(content, { limitInputPixels: mostPixels }).png({ compressionLevel: 1 });
      return ok({ type: 'image/png', content: new Uint8Array(await png.toBuffer()) });
    } catch (error) {
      if (error instanceof Refused) return refuse(error.refusal);
      // What the decoder says of a damaged file is for programmers; whoever looks is told what it means.
      return refuse({ type: 'scan-cannot-be-shown' });
    }
  };

  return (app) => {
    for (const [what, find] of [
      ['thumbnail', thumbnail],
      ['image', image],
    ] as const)
      app.get(`/scan/:id/${what}`, async (c) => {
        const found = await find(c.req.param('id'));
        if (!found.ok) return c.json(found.refusal, 404);
        c.header('content-type', found.value.type);
        c.header('content-disposition', 'inline');
        return c.body(found.value.content);
      });
  };
}
