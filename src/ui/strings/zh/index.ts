import { centre } from './centre.ts';
import { frame } from './frame.ts';
import { refusal } from './refusal.ts';
import { room } from './room.ts';
import { site } from './site.ts';
import { storage } from './storage.ts';

export const zh = { ...frame, ...refusal, ...room, ...site, ...centre, ...storage } as const;
