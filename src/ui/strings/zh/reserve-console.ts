import type { reserveConsole as en } from '../en/reserve-console.ts';
import type { SameKeys } from '../strings.ts';

/** A further console of a site for exams on paper, at the centre and at the site. */
export const reserveConsole: SameKeys<typeof en> = {
  'reserveConsole.title': '备用授权站',
  'reserveConsole.about':
    '考点用于纸笔考试的第二台计算机。它用自己的注册码以同一考点的身份注册，领取相同的材料和密钥，并从第一台停下的地方继续。两台上报的内容合为一个考点的一天。',
  'reserveConsole.none': '还没有考点设置备用授权站',
  'reserveConsole.noneTodo': '选择考点并生成注册码。请在考试日之前注册：之后生成的密钥和接纳文件也会发给它。',
  'reserveConsole.site': '考点',
  'reserveConsole.open': '生成注册码 …',
  'reserveConsole.openText':
    '用此注册码可以再注册一台计算机，作为考点 {code}（{name}）。它能领取该考点的材料、访问密钥和放行码。第一台计算机仍保持注册。',
  'reserveConsole.madeBy': '生成',
  'reserveConsole.remove': '移除 …',
  'reserveConsole.removeText':
    '此后中心不再认可考点 {code} 的这台计算机：它不能领取，也不能上报。已经领到的密钥仍在它那里。',
  'reserveConsole.removeProof': '请输入考点代码 {code} 以确认',
  'siteDay.atOther': '已由本考点另一台授权站接纳',
  'siteDay.elsewhere': '在本考点另一台授权站',
  'siteDay.elsewhereStation': '{station}：日志已到',
  'siteDay.elsewhereMissing': '{station}：缺少日志，请在此载入',
  'siteDay.elsewherePackages': '它已发送的数据包：{packages}，已确认：{confirmed}',
  'refusal.reserve-console-paper-only':
    '这台计算机注册为本考点的备用授权站，只用于纸笔考试。|请使用考点的第一台计算机，或请中心为考点生成新的注册码。',
  'refusal.reserve-console-is-first': '这台计算机已是本考点的主授权站。|请用此注册码注册另一台计算机。',
  'refusal.reserve-consoles-enough': '该考点已有 {most} 台备用授权站。|请移除不再使用的一台。',
  'refusal.no-such-reserve-console': '这台备用授权站已不在列表中。|请重新载入页面。',
};
