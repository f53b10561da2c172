package newleaf.workflow;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.common.converter.PayloadConverter;
import java.lang.reflect.Type;
import java.util.Optional;
import newleaf.json.Json;

/// What workflows and activities take and return, as the JSON that newleaf writes everywhere. Parts
/// that a newer worker added are passed over.
public final class JsonPayloads implements PayloadConverter {
  public static final DataConverter CONVERTER =
      new DefaultDataConverter(
          new NullPayloadConverter(), new ByteArrayPayloadConverter(), new JsonPayloads());

  private static final String ENCODING = "json/plain";

  private JsonPayloads() {}

  @Override
  public String getEncodingType() {
    return ENCODING;
  }

  @Override
  public Optional<Payload> toData(Object value) {
    return Optional.of(
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8(ENCODING))
            .setData(ByteString.copyFromUtf8(Json.line(value)))
            .build());
  }

  @Override
  public <T> T fromData(Payload content, Class<T> type, Type generic) {
    String json = content.getData().toStringUtf8();
    try {
      return Json.readAnyMinor(json, type);
    } catch (IllegalArgumentException e) {
      throw new DataConverterException("not what newleaf writes: " + e.getMessage());
    }
  }
}
