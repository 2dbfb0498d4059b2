import type { refusalParcel as en } from '../en/refusal-parcel.ts';
import type { SameKeys } from '../strings.ts';

export const refusalParcel: SameKeys<typeof en> = {
  'refusal.not-a-parcel': '该文件不是本系统导出的文件。|请选择正确的导出文件。',
  'refusal.cut-short': '文件不完整。|请重新复制或导出。',
  'refusal.altered': '文件内容被改动（{part}），未导入任何内容。|请从来源重新获取。',
  'refusal.bad-signature': '签名无效，未导入任何内容。|请从来源重新获取文件。',
  'refusal.not-signed': '文件没有签名。|请选择正确的导出文件。',
  'refusal.wrong-signature-type': '文件类型不符。|请选择正确的文件。',
  'refusal.untrusted-sender': '文件来源不可信（{code}）。|请从本考试的监控平台或考点获取。',
  'refusal.certificate-missing': '缺少来源证书。|请重新导出。',
  'refusal.certificate-expired': '来源证书已过期。|请检查本机时间，否则重新注册。',
  'refusal.certificate-not-yet-valid': '来源证书尚未生效。|请检查本机时间。',
  'refusal.wrong-kind': '文件类型为 {found}，需要 {expected}。|请选择正确的文件。',
  'refusal.wrong-receiver': '该文件属于 {to}。|请选择本机对应的文件。',
  'refusal.wrong-project': '文件属于其他考试项目。|请选择本次考试的文件。',
  'refusal.wrong-mode': '考试模式不一致（对方为 {found}）。|正考与模考不可混用，请选择一致的模式。',
  'refusal.wrong-key': '文件为其他计算机加密。|请为本机重新导出，或重新注册。',
  'refusal.no-such-parcel': '对方已不再提供该文件。|请重试。',
  'refusal.result-unreadable': '结果文件无法读取。|请在考场重新导出。',
  'refusal.result-incomplete': '结果缺少考场已确认的内容。|请在考场重新导出。',
  'refusal.result-forked': '考场日志存在两个版本，均已保留。|使用成绩前请联系技术支持。',
  'refusal.older-result': '已有该考场更新的结果。',
  'refusal.gap': '日志存在缺口。|系统将自动重新发送。',
  'refusal.broken': '收到的日志不完整。|请联系技术支持。',
  'refusal.fork': '同一日志存在两个版本，均已保留。|请联系技术支持。',
};
