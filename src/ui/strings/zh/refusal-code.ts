import type { refusalCode as en } from '../en/refusal-code.ts';
import type { SameKeys } from '../strings.ts';

export const refusalCode: SameKeys<typeof en> = {
  'refusal.codes-issued-by-nobody': '本次考试不允许使用授权码。',
  'refusal.codes-issued-by-centre': '本次考试的授权码由考试中心计算。|请考场联系考试中心。',
  'refusal.codes-not-published': '已载入的考务数据不含授权密钥。|请重新发布并载入。',
  'refusal.codes-not-issued':
    '使用了 {count} 个无授权记录的授权码：{codes}。|请在“考中”确认负责，之后发出回执。',
  'refusal.code-not-needed': '此操作无需授权码。',
  'refusal.nobody-in-exam': '当前没有考生在考。',
  'refusal.not-late-yet': '尚未超过迟到时间，考生可直接登录。',
  'refusal.candidate-was-not-here': '该考生尚未登录过。',
  'refusal.no-such-room': '本次考试没有考场 {room}。|请核对编号。',
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
