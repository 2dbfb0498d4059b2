import { centre } from './centre.ts';
import { frame } from './frame.ts';
import { refusalCode } from './refusal-code.ts';
import { refusal } from './refusal.ts';
import { room } from './room.ts';
import { site } from './site.ts';
import { storage } from './storage.ts';

export const ru = { ...frame, ...refusal, ...refusalCode, ...room, ...site, ...centre, ...storage } as const;
