/** What a site's parcel and the way to it are made of: names of its parts, and what the site says when it asks for what it lacks. */
import * as z from 'zod';
import { photoDigests } from './photo-bundle.ts';
import type { RoomPackage } from './room-package.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** JSON array of the digests that the site has, and that are therefore not in the parcel. */
export const leftOutPart = 'left-out.json';
export const leftOutSchema = z.array(digest).max(200_000);

export function paperPart(paperSha256: string): string {
  return `paper-${paperSha256}`;
}

/** What the manifest says of a site's package: the publication that last changed anything for the site. */
export const siteAboutSchema = z.object({
  publication: z.number().int(),
  publishedAt: z.number().int(),
});

/** Site → centre: papers and photos that it holds. */
export const publicationAskSchema = z.object({ holds: leftOutSchema });
/** Centre → site: under which name the rest is to be fetched. */
export const publicationOfferSchema = z.object({ name: z.string().regex(/^[a-z.0-9-]{1,80}$/i) });

export function paperDigests(content: RoomPackage): string[] {
  return [
    ...new Set(content.sessions.flatMap((session) => session.subjects.map((subject) => subject.paperSha256))),
  ];
}

/** All that travels beside the packages: papers and photos. */
export function digestsBeside(content: RoomPackage): string[] {
  return [...paperDigests(content), ...photoDigests(content)];
}
