/**
 * Pictures of pages, at addresses that the console's own images have. Behind the guards of every request; who may see a page is found out here,
 * as for the operations. They keep the guard's `no-store`: a page shows a candidate's name and hand, and what a browser caches lies on the
 * disk of an office computer after its user has signed out. The viewer keeps the few that are beside each other in its own memory.
 */
import type { Context, Hono } from 'hono';
import { refuse, type Refusal, type Result } from '../../../base/result.ts';
import type { OperationContext } from '../../../node/operations.ts';
import type { Centre } from '../../centre.ts';
import { all } from '../../roles.ts';
import { PagePictures, type Picture } from './page-pictures.ts';
import { scanWithin } from './within-reach.ts';

type What = 'image' | 'thumbnail';

export function pictureRoutes(centre: Pick<Centre, 'db' | 'blobs'>) {
  const pictures = new PagePictures(centre.blobs);

  const find = async (id: string, what: What, { user }: OperationContext): Promise<Result<Picture>> => {
    if (!user || user.mustChangePassword) return refuse({ type: 'sign-in-needed' });
    if (!(all as readonly string[]).includes(user.role)) return refuse({ type: 'not-allowed' });
    const scan = await scanWithin(centre.db, null, id, user.limit);
    if (!scan.ok) return scan;
    const digest = what === 'image' ? scan.value.digest : scan.value.thumbnail;
    return digest === null ? refuse({ type: 'scan-image-missing' }) : pictures.of(digest);
  };

  return (app: Hono, contextOf: (c: Context) => OperationContext): void => {
    for (const what of ['image', 'thumbnail'] as const)
      app.get(`/scans/:id/${what}`, async (c) => {
        const found = await find(c.req.param('id'), what, contextOf(c));
        if (!found.ok) return c.json(found.refusal, statusOf(found.refusal));
        c.header('content-type', found.value.type);
        // Opened by itself it is a picture, too, and nothing that runs.
        c.header('content-disposition', 'inline');
        return c.body(found.value.content);
      });
  };
}

function statusOf({ type }: Refusal): 401 | 403 | 404 | 415 {
  if (type === 'sign-in-needed') return 401;
  if (type === 'not-allowed') return 403;
  return type === 'scan-cannot-be-shown' ? 415 : 404;
}
