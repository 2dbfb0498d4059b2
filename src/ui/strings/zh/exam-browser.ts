import type { examBrowser as en } from '../en/exam-browser.ts';
import type { SameKeys } from '../strings.ts';

export const examBrowser: SameKeys<typeof en> = {
  'examBrowser.open': 'Safe Exam Browser…',
  'examBrowser.required':
    '所选场次要求使用 Safe Exam Browser：其他浏览器或设置不符的机位不显示考试。请在每台考试机打开下面的文件。',
  'examBrowser.optional': '所选场次不要求使用 Safe Exam Browser。机位仍可使用：在考试机打开下面的文件即可。',
  'examBrowser.startUrl': '起始地址',
  'examBrowser.quitPassword': '退出密码',
  'examBrowser.configKey': '配置密钥（Config Key）',
  'examBrowser.policyKeys': '随场次下发的允许版本',
  'examBrowser.filePassword': '文件密码',
  'examBrowser.filePasswordHint': 'Safe Exam Browser 打开文件时要求输入。留空则不要求。',
  'examBrowser.filePasswordWrong': '8 至 100 个英文字母、数字或符号',
  'examBrowser.file': '保存 .seb 文件',
  'examBrowser.settings': '设置',
  'examBrowser.settingsText': '更改端口或退出密码后，配置密钥随之改变，机位需要新的文件。',
  'examBrowser.seatPort': '考试机上考试页面的端口',
  'examBrowser.keys': '允许的 Browser Exam Key',
  'examBrowser.keysHint':
    '每个为 64 位十六进制数，与 Safe Exam Browser 显示的一致。此处与场次均未设置时，任何版本均可。',
  'examBrowser.keysWrong': '每个密钥为 64 位十六进制数。',
  'examBrowser.saved': '已保存。',
  'examBrowser.column': '浏览器',
  'examBrowser.screen.unknown': '未见',
  'examBrowser.screen.other': '其他',
  'examBrowser.screen.seb': 'Safe Exam Browser',
  'examBrowser.screen.refused': '已拒绝',
  'policy.browser': '考试使用',
  'policy.browser.any': '任意浏览器',
  'policy.browser.seb': 'Safe Exam Browser',
  'policy.browserExamKeys': '允许的 Browser Exam Key（空：任何版本）',
};
