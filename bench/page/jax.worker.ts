import { jax } from '../contenders/jax';
import { type Call, serve } from '../contenders/serve';

const obey = serve(jax(), (answer) => self.postMessage(answer));
self.onmessage = ({ data }: MessageEvent<Call>) => obey(data);
