import type { signIns as en } from '../en/sign-ins.ts';
import type { SameKeys } from '../strings.ts';

export const signIns: SameKeys<typeof en> = {
  'signIns.own': '我的登录',
  'signIns.ownHint': '如有不是您本人的登录，请结束它并修改密码；对应的页面会在几秒内退出。',
  'signIns.others': '其他用户的登录',
  'signIns.nobodyElse': '没有其他用户登录。',
  'signIns.since': '登录时间',
  'signIns.lastUsed': '最近使用',
  'signIns.address': '地址',
  'signIns.browser': '浏览器',
  'signIns.otherProgram': '其他程序',
  'signIns.thisOne': '当前登录',
  'signIns.end': '结束',
  'signIns.endOthers': '结束其他全部登录',
  'signIns.endAllOf': '结束 {account} 的全部登录',
  'signIns.othersEnded': '现在只有此处登录。',
  'signIns.lookAgain': '刷新',
  'refusal.sign-in-ended': '此登录已被结束：在另一台计算机上、由管理员操作，或因密码已更改。|请重新登录。',
  'refusal.no-such-sign-in': '此登录已结束。|请刷新页面。',
  'refusal.no-other-sign-in': '只有此处登录，没有其他登录。',
};
