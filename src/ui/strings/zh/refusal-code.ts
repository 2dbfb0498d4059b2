import type { refusalCode as en } from '../en/refusal-code.ts';
import type { SameKeys } from '../strings.ts';

export const refusalCode: SameKeys<typeof en> = {
  'refusal.code-wrong': '授权码错误。|请逐位重新核对。',
  'refusal.code-not-asked': '本考场未申请过该授权码。|请重新申请。',
  'refusal.code-asked-already': '该申请已存在。',
  'refusal.code-used-already': '该授权码已使用。|请重新申请。',
  'refusal.code-expired': '申请已超过一小时。|请重新申请。',
  'refusal.code-locked': '错误次数过多。|请等到 {opensAt:time}。',
  'refusal.challenge-length': '申请码应为 {expected} 位，而不是 {found} 位。|请重新报读。',
  'refusal.challenge-letter': '申请码中没有 {letter}（第 {position} 位）。|请重新报读。',
  'refusal.challenge-mistyped': '申请码有一位错误或两位颠倒。|请重新报读。',
  'refusal.challenge-action-unknown': '本版本不认识所申请的操作。|请安装与考场相同的版本。',
};
