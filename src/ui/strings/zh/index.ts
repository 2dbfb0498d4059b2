import { centre } from './centre.ts';
import { frame } from './frame.ts';
import { refusalDisk } from './refusal-disk.ts';
import { refusal } from './refusal.ts';
import { room } from './room.ts';
import { site } from './site.ts';

export const zh = { ...frame, ...refusal, ...refusalDisk, ...room, ...site, ...centre } as const;
