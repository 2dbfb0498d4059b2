import type { stationRemoval as en } from '../en/station-removal.ts';
import type { SameKeys } from '../strings.ts';

/** The last step of a scan or voice station: what lies here is removed. */
export const stationRemoval: SameKeys<typeof en> = {
  'step.station.remains': '清除',
  'remains.now.ready': '中心已完整收到全部内容且质量良好。请清除这台计算机上的遗留数据。',
  'remains.now.wait': '在中心确认所有数据包之前请保留这台计算机，之后再清除遗留数据。',
  'remains.now.gone': '这台计算机上除日志外已没有本次考试的任何数据。',
  'remains.title': '遗留数据',
  'remains.pages': '扫描页图像',
  'remains.takes': '录音',
  'remains.packages': '中心已确认且质量良好的数据包',
  'remains.packagesOf': '{good} / {packages}',
  'remains.gone': '清除时间',
  'remains.what':
    '将从这台计算机删除图像、录音、数据包和密封的考试材料，且无法撤销。在此所做的一切仍保留在日志中，日志可以再次写出。',
  'remains.against': '尚不能清除的原因',
  'remains.agree': '经委员会成员同意仍可清除：成员在此用令牌打开材料（步骤“访问密钥”），并写明原因。',
  'remains.reason': '原因',
  'remains.remove': '清除遗留数据',
  'remains.removeAnyway': '仍要清除',
  'remains.done': '已全部清除。',
  'remains.words': '中心的答复',
  'remains.wordsHow': '由授权站“发送答题卡”处写到U盘带来。',
  'remains.noWords': '已插入的U盘上没有答复。',
  'remains.takeWords': '载入',
  'remains.wordsTaken': '有新消息的数据包：{news}。',
  'refusal.remains-work-open': '工作尚未结束：{open}。|请先结束并生成数据包。',
  'refusal.remains-not-packed': '这里的数据（{items}）还没有生成数据包。|请生成数据包并带到授权站。',
  'refusal.remains-not-confirmed':
    '{of} 个数据包中有 {packages} 个尚未得到中心“完整且良好”的确认。|请从授权站的U盘载入中心的答复。',
  'refusal.remains-without-journal': '本站的日志还没有生成。|请先写到U盘，并在授权站载入。',
  'refusal.remains-need-a-member':
    '没有委员会成员在此打开材料。|请成员在步骤“访问密钥”插入令牌，然后再清除。',
  'refusal.remains-removed':
    '本次考试的录音已从这里清除，不能再在此作答。|请使用其他站，或在空的数据文件夹中重新设置本站。',
};
