import { type Call, serve } from '../contenders/serve';
import { tfjs } from '../contenders/tfjs';

const obey = serve(tfjs(), (answer) => self.postMessage(answer));
self.onmessage = ({ data }: MessageEvent<Call>) => obey(data);
